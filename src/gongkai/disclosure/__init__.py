"""Statutory content by kind (法定主动公开内容): records with the fields, clock and checks that their kind declares."""

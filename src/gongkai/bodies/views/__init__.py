"""The screens 单位 and 人员 of the back office; every query is scoped by the tree, every change is a verb."""

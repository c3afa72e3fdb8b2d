from gongkai.foundation.access import PUBLIC, SIGNED_IN, Role, declare

declare(PUBLIC, "dummy_front")
declare({Role.AUDITOR}, "dummy_books")
declare(SIGNED_IN, "wagtailsnippets_dummy_room_leaflet:*", "wagtailsnippetchoosers_dummy_room_leaflet:*")

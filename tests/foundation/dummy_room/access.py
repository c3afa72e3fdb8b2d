from gongkai.foundation.access import PUBLIC, Role, declare

declare(PUBLIC, "dummy_front")
declare({Role.AUDITOR}, "dummy_books")

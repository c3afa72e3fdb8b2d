from gongkai.foundation.registries import PublicBlock, public_blocks

public_blocks.register(PublicBlock("dummy.front", "包裹公示", address=lambda: "/dummy/", order=1000))

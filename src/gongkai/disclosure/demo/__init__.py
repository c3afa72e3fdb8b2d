"""示例内容: every kind over several bodies and two years, put forward and signed by the example county's own people."""

from gongkai.disclosure.demo.filling import fill

__all__ = ["fill"]

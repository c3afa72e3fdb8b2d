"""事件: the append-only record of every change of state (invariant 2): who, when, from, to, why.

Services change a record inside `change(...)`, or call `record(...)` for what happened without a change of fields;
`state_on(...)` rebuilds what a record was on any past day.
"""

"""The pages' scripts, each in one file with all that it imports.

They are written as modules, and a page would load a dozen of them. Each such request costs a
browser that is watched more than running the script does: a quarter of a page's time.
"""

import re
from functools import cache

from executor.sandbox.rendering import STATIC

_IMPORT = re.compile(r'^import (?:(\{[^}]*\}) from )?"\./(\w+)\.js";$', re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?(?:function|class|const) (\w+))", re.MULTILINE)


@cache
def script(name: str) -> bytes:
    """Return the script *name* with what it imports ahead of it.

    Raises:
        FileNotFoundError: there is none of that name.
    """
    modules: dict[str, str] = {}
    _gather(name, modules)
    own = modules.pop(name)
    return "\n".join([*modules.values(), own]).encode()


def _gather(name: str, modules: dict[str, str], *, is_imported: bool = False) -> None:
    if name in modules:
        return
    text = (STATIC / f"{name}.js").read_text(encoding="utf-8")
    for imported in _IMPORT.findall(text):
        _gather(imported[1], modules, is_imported=True)
    exported = ", ".join(found[1] for found in _EXPORT.findall(text))
    body = _EXPORT.sub(r"\1", _IMPORT.sub(_taken_over, text))
    modules[name] = (
        f"const ${name} = (() => {{\n{body}\nreturn {{ {exported} }};\n}})();"
        if is_imported
        else body
    )


def _taken_over(found: re.Match[str]) -> str:
    names, module = found.groups()
    return f"const {names} = ${module};" if names else ""

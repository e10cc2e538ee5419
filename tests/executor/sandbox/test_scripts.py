"""Pages get their script in one file."""

import re

import httpx
import pytest

from executor.sandbox import RunningSandbox
from executor.sandbox.rendering import STATIC
from executor.sandbox.scripts import script

NAMES = sorted(file.stem for file in STATIC.glob("*.js"))


@pytest.mark.parametrize("name", NAMES)
def test_a_script_brings_all_that_it_imports(name: str) -> None:
    """Each module once, and before the first that asks for it."""
    text = script(name).decode()
    made = [found.start() for found in re.finditer(r"^const \$\w+ = ", text, re.MULTILINE)]
    modules = re.findall(r"^const (\$\w+) = ", text, re.MULTILINE)

    assert not re.search(r"^(import|export)\b", text, re.MULTILINE)
    assert len(modules) == len(set(modules))
    for module, at in zip(modules, made, strict=True):
        asked = re.search(rf"= {re.escape(module)};", text)
        assert asked is None or asked.start() > at


@pytest.mark.parametrize("path", ["nothing.js", "nothing.css", "..%2Fapp.js", "page.py"])
async def test_there_is_no_other_file(path: str, sandbox: RunningSandbox) -> None:
    """What is no script or style of the pages is not served."""
    async with httpx.AsyncClient(base_url=sandbox.url) as http:
        assert (await http.get(f"/static/{path}")).status_code == 404

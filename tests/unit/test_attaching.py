"""Which file input is the right one, and what a request may say of files."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, cast

import pytest

from executor import local_files
from executor.attachment import (
    EXTENSIONS,
    NAME_MAX_BYTES,
    AttachedFile,
    asset_urn,
    new_upload_id,
    safe_name,
)
from executor.errors import TimedOut
from executor.local_files import LocalFile
from executor.pages.attaching import Attaching, _takes

if TYPE_CHECKING:
    from executor.browser.tab import Tab

PICTURES = "image/*"
FILES = "image/*,.ai,.psd,.pdf,.doc,.mp4"
"""The two inputs as they were measured (2026-10-04), the second one shortened there."""


def file(name: str, media_type: str, size: int = 3) -> LocalFile:
    about = AttachedFile(
        asset_urn=asset_urn(new_upload_id("0" * 64)),
        name=name,
        media_type=media_type,
        byte_size=size,
    )
    return LocalFile(Path("nowhere"), about)


PDF = file("report.pdf", "application/pdf")
PNG = file("photo.png", "image/png", 5)


def check(*files: LocalFile, said: Any) -> str | None:
    """Judge a request without any page, which the check does not look at."""
    return Attaching(cast("Tab", None), files).check({"renderContentUnions": said})


def union(name: str, size: int) -> dict[str, Any]:
    asset = "urn:li:digitalmediaAsset:1"
    return {"file": {"assetUrn": asset, "byteSize": size, "mediaType": "", "name": name}}


@pytest.mark.parametrize(
    ("wanted", "pictures", "files"),
    [
        (PNG, True, False),
        (PDF, False, True),
        (file("LETTER.DOC", "application/msword"), False, True),
        (file("drawing.psd", "image/vnd.adobe.photoshop"), False, True),
        (file("table.csv", "text/csv"), False, False),
    ],
    ids=["picture", "document", "capitals", "drawing", "not listed"],
)
def test_pictures_and_files_have_an_input_each(
    wanted: LocalFile, *, pictures: bool, files: bool
) -> None:
    """One takes pictures only; the other has to list the extension."""
    assert (_takes(PICTURES, wanted), _takes(FILES, wanted)) == (pictures, files)
    assert not _takes("", wanted)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], []),
        ([], None),
        ([PDF], [union("report.pdf", 3)]),
        ([PDF, PNG], [union("photo.png", 5), union("report.pdf", 3)]),
        ([PDF], [{**union("report.pdf", 3), "vectorImage": None}]),
    ],
)
def test_a_request_with_exactly_the_files_may_leave(files: list[LocalFile], said: Any) -> None:
    """Their order is the page's affair."""
    assert check(*files, said=said) is None


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([], [union("report.pdf", 3)]),
        ([], [{"externalMedia": {"title": "a moving picture"}}]),
        ([PDF], []),
        ([PDF], None),
        ([PDF], [union("report.pdf", 4)]),
        ([PDF], [union("other.pdf", 3)]),
        ([PDF], [union("report.pdf", 3), union("report.pdf", 3)]),
        ([PDF, PDF], [union("report.pdf", 3)]),
        ([PDF], [{"vectorImage": {"name": "report.pdf", "byteSize": 3}}]),
        ([PDF], [{**union("report.pdf", 3), "externalMedia": {}}]),
        ([PDF], "report.pdf"),
        ([PDF], ["report.pdf"]),
        ([PDF], [{"file": None}]),
    ],
)
def test_a_request_with_other_files_is_stopped(files: list[LocalFile], said: Any) -> None:
    """Too many, too few, others, or in a form that nobody has described."""
    assert check(*files, said=said) is not None


@pytest.mark.parametrize("media_type", EXTENSIONS)
def test_a_safe_name_stays_as_it_is(media_type: str) -> None:
    """Once made safe, it is safe."""
    for given in ("a", "A.B", "../x", "写" * 300, "", ".", "a\u202e.exe", "a." + "b" * 300):
        name = safe_name(given, media_type)

        assert safe_name(name, media_type) == name
        assert name.endswith(EXTENSIONS[media_type])
        assert len(name.encode()) <= NAME_MAX_BYTES
        assert Path(name).name == name


async def test_a_disk_without_room_names_no_file(monkeypatch: pytest.MonkeyPatch) -> None:
    """What is told is logged, and the file's name is nobody's business."""

    def fail(path: Path, content: bytes) -> None:  # noqa: ARG001 - as the one in its place
        raise OSError(28, "No space left on device", str(path))

    monkeypatch.setattr(local_files, "_write", fail)
    wanted = PDF.about.model_copy(
        update={"asset_urn": asset_urn(new_upload_id(sha256(b"x").hexdigest()))}
    )

    async def content_of(_: AttachedFile) -> bytes:
        return b"x"

    with pytest.raises(TimedOut) as raised:
        async with local_files.laid_out([wanted], content_of):
            pass

    assert "No space left" in str(raised.value)
    assert "report" not in str(raised.value)
    assert raised.value.__suppress_context__


async def test_files_lie_there_for_this_user_alone_and_not_for_long() -> None:
    """In a folder that is gone with them, two of one name side by side."""
    files = [
        PDF.about.model_copy(
            update={"asset_urn": asset_urn(new_upload_id(sha256(content).hexdigest()))}
        )
        for content in (b"one", b"two")
    ]
    contents = dict(zip([each.asset_urn for each in files], (b"one", b"two"), strict=True))

    async def content_of(file: AttachedFile) -> bytes:
        return contents[file.asset_urn]

    async with local_files.laid_out(files, content_of) as laid_out:
        paths = [each.path for each in laid_out]
        assert [path.read_bytes() for path in paths] == [b"one", b"two"]
        assert [path.name for path in paths] == ["report.pdf", "report.pdf"]
        assert {path.stat().st_mode & 0o777 for path in paths} == {0o600}
        assert {path.parent.parent.stat().st_mode & 0o777 for path in paths} == {0o700}

    assert not paths[0].parent.parent.exists()

"""What comes with messages, in the shapes that LinkedIn's answers have for it."""

from __future__ import annotations

from typing import Any

import pytest

from executor.components.mailbox import attachments_of

VIDEO = {
    "media": "urn:li:digitalmediaAsset:3",
    "progressiveStreams": [
        {"size": 10, "mediaType": "video/mp4", "streamingLocations": [{"url": "https://small"}]},
        {"size": 90, "mediaType": "video/mp4", "streamingLocations": [{"url": "https://large"}]},
        {"size": None, "streamingLocations": []},
    ],
}
GIF = {"title": "a moving picture", "media": {"url": "https://moving", "originalWidth": 9}}


@pytest.mark.parametrize(
    ("shown", "kind", "told"),
    [
        (
            {
                "file": {
                    "assetUrn": "urn:li:digitalmediaAsset:1",
                    "byteSize": 12,
                    "mediaType": "application/pdf",
                    "name": "a.pdf",
                    "url": "https://file",
                }
            },
            "file",
            ("a.pdf", "application/pdf", 12, "https://file", "urn:li:digitalmediaAsset:1"),
        ),
        (
            {
                "vectorImage": {
                    "digitalmediaAsset": "urn:li:digitalmediaAsset:2",
                    "rootUrl": "https://root/",
                    "artifacts": [
                        {"width": 20, "fileIdentifyingUrlPathSegment": "small"},
                        {"width": 80, "fileIdentifyingUrlPathSegment": "large"},
                    ],
                }
            },
            "vectorImage",
            (None, None, None, "https://root/large", "urn:li:digitalmediaAsset:2"),
        ),
        (
            {"video": VIDEO},
            "video",
            (None, "video/mp4", 90, "https://large", "urn:li:digitalmediaAsset:3"),
        ),
        (
            {"audio": {"duration": 9, "url": "https://sound"}},
            "audio",
            (None, None, None, "https://sound", None),
        ),
        (
            {"externalMedia": GIF},
            "externalMedia",
            ("a moving picture", None, None, "https://moving", None),
        ),
        ({"holographicThing": {}}, "holographicThing", (None, None, None, None, None)),
        (
            {"video": {"progressiveStreams": [None, {"streamingLocations": [None]}]}},
            "video",
            (None, None, None, None, None),
        ),
    ],
    ids=["file", "picture", "video", "audio", "moving picture", "unknown", "strange"],
)
def test_every_kind_tells_what_it_can(
    shown: dict[str, Any], kind: str, told: tuple[Any, ...]
) -> None:
    """Name, type, size, address and asset; what LinkedIn does not tell stays open."""
    others = {"file": None, "hostUrnData": None}

    found = attachments_of({"renderContent": [{**others, **shown}]})

    assert found is not None
    (each,) = found
    assert each.kind == kind
    assert (each.name, each.media_type, each.byte_size, each.url, each.asset_urn) == told


@pytest.mark.parametrize("kind", ["repliedMessageContent", "hostUrnData", "unavailableContent"])
def test_quotes_and_notices_are_no_attachments(kind: str) -> None:
    """A message that answers another one has nothing attached."""
    assert attachments_of({"renderContent": [{kind: {"messageBody": {"text": "Hi"}}}]}) == []


@pytest.mark.parametrize("message", [{}, {"renderContent": None}, {"renderContent": "x"}])
def test_a_silent_answer_tells_nothing(message: dict[str, Any]) -> None:
    """Which is not the same as that nothing is attached."""
    assert attachments_of(message) is None

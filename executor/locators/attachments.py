"""Files in the message box."""

from __future__ import annotations

from executor.locators.element import NetworkCall, element, seen

FILE_INPUT = element(
    "attachments.file_input",
    # Two of them, both hidden: one takes pictures only, the other lists what it takes.
    seen("2026-10-04", 'main input.msg-form__attachment-upload-input[type="file"]'),
    seen("2026-09-20", 'main .msg-form input[type="file"]'),
)

PREVIEW = element(
    "attachments.preview",
    seen("2026-08", "main .msg-form__attachment-previews .msg-form__attachment-preview"),
    seen("2026-09-20", "main .msg-form__attachment-previews > *"),
)

REMOVE = element(
    "attachments.remove",
    seen("2026-08", "main .msg-form__attachment-previews button"),
)

ANNOUNCE_UPLOAD = NetworkCall(
    name="announce_upload",
    endpoint="voyagerVideoDashMediaUploadMetadata",
    parameter="action",
    value="upload",
    measured="2026-09",
)
"""Asks where to put a file; the answer names the address. It reaches nobody but LinkedIn."""

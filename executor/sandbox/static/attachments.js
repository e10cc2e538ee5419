// Files in the composer: picked, shown as previews, uploaded at once, sent along with the text.

import { piece, say } from "./page.js";
import { toast } from "./toast.js";
import { put, write } from "./voyager.js";

const ANNOUNCE = "voyagerVideoDashMediaUploadMetadata?action=upload";

function kindOf(file) {
  if (file.type.startsWith("image/")) return "MESSAGING_PHOTO_ATTACHMENT";
  return file.type.startsWith("video/")
    ? "MESSAGING_VIDEO_ATTACHMENT"
    : "MESSAGING_FILE_ATTACHMENT";
}

async function upload(file) {
  const answer = await write(ANNOUNCE, {
    mediaUploadType: kindOf(file),
    fileSize: file.size,
    filename: file.name,
  });
  if (!answer.ok) return null;
  const { urn, singleUploadUrl } = answer.body.data.value;
  return (await put(singleUploadUrl, file)) ? urn : null;
}

export class Attachments {
  constructor(form, onChange) {
    this.place = form.querySelector(".msg-form__attachment-previews");
    this.files = [];
    this.running = 0;
    this.onChange = onChange;
    for (const input of form.querySelectorAll("input[type=file]")) {
      input.onchange = () => {
        for (const file of input.files) void this.#attach(file);
        input.value = "";
      };
    }
  }

  get isBusy() {
    return this.running > 0;
  }

  get isEmpty() {
    return this.place.childElementCount === 0;
  }

  add(file) {
    const { name } = file;
    const figure = piece("attachment").firstElementChild;
    figure.querySelector("h3").textContent = name;
    const button = figure.querySelector("button");
    button.ariaLabel = say("remove_attachment", { name });
    button.onclick = () => {
      figure.remove();
      this.files = this.files.filter((each) => each !== file);
      this.onChange();
    };
    this.files.push(file);
    this.place.append(figure);
    return figure;
  }

  async #attach(file) {
    const sent = { assetUrn: null, byteSize: file.size, mediaType: file.type, name: file.name };
    const figure = this.add(sent);
    this.running += 1;
    this.onChange();
    sent.assetUrn = await upload(file).catch(() => null);
    this.running -= 1;
    if (!sent.assetUrn) {
      figure.remove();
      this.files = this.files.filter((each) => each !== sent);
      toast(say("upload_failed"), "error");
    }
    this.onChange();
  }

  // Hands the files over, and forgets them.
  take() {
    const files = this.files;
    this.files = [];
    this.place.replaceChildren();
    return files;
  }
}

// Following a member, and no longer doing so: the question before it, and the three forms of asking.

import { boot, hook, interopRoot, piece, say } from "./page.js";
import { framedRequest, serverRequest, write } from "./voyager.js";

const REQUEST = "com.linkedin.sdui.requests.mynetwork.addaUpdateFollowState";

function older({ profile }, following) {
  const state = encodeURIComponent(`urn:li:fsd_followingState:urn:li:fsd_profile:${profile}`);
  return write(`feed/dash/followingStates/${state}`, { patch: { $set: { following } } });
}

function ask({ member, profile }, following) {
  const calls = boot.toggles.follow_calls;
  if (calls === "voyager" || !interopRoot()) return older({ profile }, following);
  const framed = calls === "framed";
  // Two pairs of words were captured (2026).
  const words = framed ? ["UNFOLLOW", "FOLLOW"] : ["FOLLOW_INACTIVE", "FOLLOW_ACTIVE"];
  const payload = {
    followStateType: `FollowStateType_${words[Number(following)]}`,
    memberUrn: { memberId: member },
    postActionSentConfigs: [
      { type: "ProfileReplaceableSectionArgs", value: { data: { profileId: profile } } },
    ],
    followStateBinding: { key: `urn:li:fsd_followingState:urn:li:member:${member}` },
  };
  const requestedArguments = {
    $type: "proto.sdui.actions.requests.RequestedArguments",
    payload,
    requestMetadata: { $type: "proto.sdui.common.RequestMetadata" },
  };
  const told = {
    requestId: REQUEST,
    serverRequest: { requestId: REQUEST, requestedArguments },
    requestedArguments,
  };
  const send = framed ? framedRequest : serverRequest;
  return send(`/flagship-web/rsc-action/actions/server-request?sduiid=${REQUEST}`, told);
}

function isSure(name) {
  if (!boot.toggles.unfollow_asks) return Promise.resolve(true);
  const dialog = piece("unfollow").firstElementChild;
  dialog.querySelector("h2").textContent = say("unfollow_name", { name });
  dialog.querySelector("p").textContent = say("unfollow_text", { name });
  document.body.append(dialog);
  return new Promise((decide) => {
    for (const [part, answer] of [["dismiss", false], ["cancel-note", false], ["unfollow-anyway", true]]) {
      dialog.querySelector(hook(part)).onclick = () => {
        dialog.remove();
        decide(answer);
      };
    }
  });
}

// Shows at once what is asked for, and takes it back when the server refuses.
export async function toggleFollowing(control, show) {
  const { following, name } = control.dataset;
  const wanted = following !== "true";
  if (!wanted && !(await isSure(name))) return;
  show(control, wanted);
  const answer = await ask(control.dataset, wanted).catch(() => ({ ok: false }));
  if (!answer.ok) show(control, !wanted);
}

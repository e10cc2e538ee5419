// What the pages ask of the server to withdraw or answer an invitation, in its three forms.

import { boot } from "./page.js";
import { framedRequest, serverRequest, write } from "./voyager.js";

const SDUI = "com.linkedin.sdui.requests.mynetwork.";

export async function changeInvitation(deed, invitation, partner) {
  if (boot.toggles.invitation_calls === "voyager") return older(deed, invitation);
  const withdraws = deed === "withdraw";
  const requestId = SDUI + (withdraws ? "addaWithdrawInvitation" : "addaInvitationAction");
  const kind = withdraws ? "InviterActionType" : "InviteeActionType";
  const payload = {
    [withdraws ? "inviterActionType" : "inviteeActionType"]: `${kind}_${deed.toUpperCase()}`,
    invitationType: "GenericInvitationType_CONNECTION",
    invitationUrn: { invitationId: invitation },
    firstName: partner.first,
    lastName: partner.last,
    profileUrn: withdraws ? partner.id : { profileId: partner.id },
  };
  if (withdraws) payload.inviteeVanityName = partner.vanity;
  const requestedArguments = {
    $type: "proto.sdui.actions.requests.RequestedArguments",
    payload,
    requestMetadata: { $type: "proto.sdui.common.RequestMetadata" },
  };
  const told = { requestId, serverRequest: { requestId, requestedArguments }, requestedArguments };
  const send = boot.toggles.invitation_calls === "framed" ? framedRequest : serverRequest;
  return send(`/flagship-web/rsc-action/actions/server-request?sduiid=${requestId}`, told);
}

export function older(deed, invitation) {
  const path = `voyagerRelationshipsDashInvitations/urn:li:fsd_invitation:${invitation}`;
  return write(`${path}?action=${deed}`, { invitationType: "CONNECTION" });
}

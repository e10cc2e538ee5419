// What a post's page asks of the server, in the three ways that are about (2026).

import { boot } from "./page.js";
import { encode, framedRequest, read, write } from "./voyager.js";

const QUERY = "voyagerSocialDashReactions.b731222600772fd42464c0fe19bd722b";
const SERVER = "/flagship-web/rsc-action/actions/server-request?sduiid=com.linkedin.sdui";

const ways = {
  legacy: {
    react: (threadUrn, reactionType) =>
      write(`voyagerSocialDashReactions?threadUrn=${encode(threadUrn)}`, { reactionType }),
    // How a reaction is taken back was measured for React only; this is formed like the others.
    unreact: (threadUrn, reactionType) =>
      write(`voyagerSocialDashReactions?action=delete&threadUrn=${encode(threadUrn)}`, {
        reactionType,
      }),
  },
  graphql: {
    react: (threadUrn, reactionType) =>
      write(`graphql?action=execute&queryId=${QUERY}`, {
        variables: { entity: { reactionType }, threadUrn },
        queryId: QUERY,
        includeWebMetadata: true,
      }),
    unreact: (threadUrn, reactionType) =>
      write(`graphql?action=execute&queryId=${QUERY}`, {
        variables: { reactionType, threadUrn },
        queryId: QUERY,
        includeWebMetadata: true,
      }),
  },
  sdui: {
    react: (threadUrn, reactionType) =>
      framedRequest(`${SERVER}.reactions.create`, { threadUrn, reactionType }),
    unreact: (threadUrn, reactionType) =>
      framedRequest(`${SERVER}.reactions.delete`, { threadUrn, reactionType }),
  },
};

const way = ways[boot.toggles.post_calls];

export const react = (urn, reaction) => way.react(urn, reaction).catch(() => ({ ok: false }));
export const unreact = (urn, reaction) => way.unreact(urn, reaction).catch(() => ({ ok: false }));

// Returns the new comment's URN; null when the server did not take it.
export async function comment(threadUrn, text) {
  if (boot.toggles.post_calls === "sdui") {
    const answer = await framedRequest(`${SERVER}.comments.createComment`, { threadUrn, text });
    return answer.ok ? answer.text.match(/urn:li:comment:\([^)]+\)/)[0] : null;
  }
  const answer = await write(
    "voyagerSocialDashNormComments" +
      "?decorationId=com.linkedin.voyager.dash.deco.social.NormComment-43",
    {
      commentary: {
        text,
        attributesV2: [],
        $type: "com.linkedin.voyager.dash.common.text.TextViewModel",
      },
      threadUrn,
    },
  );
  return answer.ok ? answer.body.data.urn : null;
}

// Reads which reactions there are, as the page itself does; a read of the same name as the write.
export const load = (threadUrn) =>
  read(
    `graphql?variables=(count:10,start:0,threadUrn:${encode(threadUrn)})&queryId=${QUERY}`,
  ).catch(() => null);

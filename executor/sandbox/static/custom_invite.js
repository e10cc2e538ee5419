// The address that opens an invitation's dialog by itself, over a feed.

import { slugIn } from "./page.js";
import { openInvitation } from "./invite.js";
import "./sdui.js";

await openInvitation(slugIn(location.href));

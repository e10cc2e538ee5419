// A list of posts on React: more of them with each scroll.

import { bringLate } from "./late.js";
import "./post.js";

const list = document.querySelector('[data-testid="mainFeed"], [data-testid="lazy-column"]');
void bringLate(document.getElementById("workspace"), (posts) => list.append(posts));

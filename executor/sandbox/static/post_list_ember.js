// A list of posts on the classic page: more of them with each scroll.

import { bringLate } from "./late.js";
import "./post_ember.js";

const found = document.querySelector(".reusable-search__entity-result-list");
const list = found ?? document.querySelector("main");
void bringLate(document.scrollingElement, (posts) => list.append(posts));

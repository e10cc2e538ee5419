// The list of connections: more of them with each scroll.

import { hook } from "./page.js";
import { bringLate } from "./late.js";
import "./sdui.js";

const place = document.querySelector(hook("more-entries"));
void bringLate(document.getElementById("workspace"), (contacts) => place.append(contacts));

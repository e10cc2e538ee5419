// The page behind "Show all": more entries with each scroll.

import { hook } from "./page.js";
import { bringLate } from "./late.js";
import "./sdui.js";

const place = document.querySelector(hook("more-entries"));
void bringLate(document.getElementById("workspace"), (entries) => place.append(entries));

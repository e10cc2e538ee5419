// A company's page: the card comes late, and the details after it.

import { after, boot, piece } from "./page.js";

const place = document.querySelector("main");
await after(boot.toggles.action_row_delay_ms);
place.append(piece("company-card"));
await after(boot.toggles.section_delay_ms);
place.append(piece("company-details"));

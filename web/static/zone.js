// The browser's time zone, told to the desk once: pages show times in it unless the user has chosen another one.

import { said } from "./said.js";

const zone = Intl.DateTimeFormat().resolvedOptions().timeZone ?? "";
const told = document.cookie.split("; ").find((cookie) => cookie.startsWith("zone="))?.slice("zone=".length);
if (/^[\w+/-]{1,64}$/.test(zone) && zone !== told) {
  const secure = location.protocol === "https:" ? "; secure" : "";
  document.cookie = `zone=${zone}; path=/; max-age=31536000; samesite=lax${secure}`;
}
for (const choice of document.querySelectorAll("[data-browser-zone]")) if (zone) choice.textContent = said("browser_zone", { zone });

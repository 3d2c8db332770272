
"use strict";
const search = document.getElementById("search");
const count = document.getElementById("count");
const entries = Array.from(document.querySelectorAll("article"), (entry) => [entry, entry.textContent.toLowerCase()]);
search.addEventListener("input", () => {
  const words = search.value.toLowerCase().split(/\s+/).filter(Boolean);
  let found = 0;
  for (const [entry, text] of entries) {
    entry.hidden = !words.every((word) => text.includes(word));
    found += entry.hidden ? 0 : 1;
  }
  count.textContent = words.length ? found + " found" : "";
});
if (location.hash.length > 1) {
  search.value = decodeURIComponent(location.hash.slice(1));
  search.dispatchEvent(new Event("input"));
}

"use strict";
// What the theme leaves to be done for keyboards and screen readers.
function mend() {
  // The theme puts a <nav> without a name around each button that copies code.
  document.querySelectorAll(".md-code__nav").forEach((nav, index) => {
    nav.setAttribute("aria-label", `Code ${index + 1}`);
  });
  // The theme lets the keyboard scroll long lines of code only where there is a mouse.
  for (const code of document.querySelectorAll("pre > code:not([tabindex])")) {
    if (code.scrollWidth > code.clientWidth) code.tabIndex = 0;
  }
}

new MutationObserver(mend).observe(document.body, {
  attributeFilter: ["tabindex"], attributes: true, childList: true, subtree: true,
});
addEventListener("resize", mend);
mend();

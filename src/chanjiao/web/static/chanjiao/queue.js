// The alignment queue by keyboard: every key presses a button or link that is there anyway.
(() => {
  "use strict";
  const typing = (target) => target.matches?.("input:not([type=checkbox]), textarea, select");
  const offers = () => [...document.querySelectorAll("#queue .offer")];
  const busy = () => document.querySelector("#queue.htmx-request, #queue form.htmx-request");

  const move = (step) => {
    const all = offers();
    const here = all.indexOf(document.activeElement);
    const next = here < 0 ? (step > 0 ? 0 : all.length - 1) : here + step;
    all[Math.max(0, Math.min(next, all.length - 1))]?.focus();
  };

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || !document.getElementById("queue")) return;
    const search = document.getElementById("code-query");
    if (event.target === search) {
      if (event.key === "Escape") {
        document.getElementById("raw")?.focus();
      } else if (event.key === "ArrowDown" || event.key === "Enter") {
        const first = document.querySelector("#hits .offer");
        if (!first) return;
        event.preventDefault();
        if (event.key === "Enter") first.click();
        else first.focus();
      }
      return;
    }
    if (typing(event.target)) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "/") {
      event.preventDefault();
      search?.focus();
      search?.select();
    } else {
      const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
      const found = document.querySelector(`#queue [data-key="${CSS.escape(key)}"]`);
      if (!found) return;
      event.preventDefault();
      if (!busy()) found.click();
    }
  });

  // After a choice the next line is read out and the keys work at once.
  document.addEventListener("htmx:afterSettle", (event) => {
    if (event.target.id === "queue" || event.detail.elt?.id === "queue") {
      document.getElementById("raw")?.focus({ preventScroll: true });
    }
  });
})();

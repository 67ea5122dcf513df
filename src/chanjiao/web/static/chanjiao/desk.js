// The press desk: edits shown in both texts, statements worked by keyboard, quotes lit beside them.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const typing = (target) => target.matches?.("input:not([type=checkbox]), textarea, select");
  const calm = window.matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth";

  // Scrolls a pane and never the page: the buttons stay where they are.
  const bringIntoPane = (mark) => {
    const pane = mark?.closest(".pane-text, .facts-pane");
    if (!pane) return;
    const outer = pane.getBoundingClientRect();
    const inner = mark.getBoundingClientRect();
    if (inner.top >= outer.top && inner.bottom <= outer.bottom) return;
    pane.scrollTo({ top: pane.scrollTop + inner.top - outer.top - outer.height / 3, behavior: calm });
  };

  // ---- edits: one of many is in the tab order, N and P go on, both texts show the same one.
  const edits = all("mark.edit");
  const numbers = [...new Set(edits.map((mark) => mark.dataset.edit.split(" ")[0]))];
  let at = -1;
  const sameEdit = (number) => edits.filter((mark) => mark.dataset.edit.split(" ").includes(number));
  const showEdit = (number, { focus } = {}) => {
    at = numbers.indexOf(number);
    for (const mark of edits) {
      mark.classList.remove("is-current");
      mark.tabIndex = -1;
    }
    for (const mark of sameEdit(number)) {
      mark.classList.add("is-current");
      bringIntoPane(mark);
    }
    const said = document.getElementById("edit-said");
    const first = sameEdit(number)[0];
    if (said && first) said.textContent = `${at + 1} / ${numbers.length}　${first.dataset.tip ?? ""}`;
    if (first) first.tabIndex = 0;
    if (focus) first?.focus({ preventScroll: true });
  };
  const stepEdit = (by) => {
    if (!numbers.length) return;
    const next = at < 0 ? (by > 0 ? 0 : numbers.length - 1) : at + by;
    showEdit(numbers[Math.max(0, Math.min(numbers.length - 1, next))], { focus: true });
  };
  if (edits.length) edits[0].tabIndex = 0;
  document.addEventListener("focusin", (event) => {
    const mark = event.target.closest?.("mark.edit");
    if (mark && !mark.classList.contains("is-current")) showEdit(mark.dataset.edit.split(" ")[0]);
  });

  // ---- statements: the current card, its quotes in the text, and the next one that waits.
  const cards = () => all("#cards > .statement");
  const current = () => document.querySelector("#cards > .statement.is-current");
  const quotesOf = (id) => all("mark.quote").filter((m) => m.dataset.quote.split(" ").includes(id));
  const makeCurrent = (card, { focus = true } = {}) => {
    if (!card) return;
    for (const one of all(".statement.is-current, mark.quote.is-current")) one.classList.remove("is-current");
    card.classList.add("is-current");
    const quotes = quotesOf(card.dataset.statement);
    for (const mark of quotes) mark.classList.add("is-current");
    bringIntoPane(quotes[0]);
    bringIntoPane(card);
    if (focus) card.focus({ preventScroll: true });
  };
  const step = (by) => {
    const list = cards();
    const here = list.indexOf(current());
    const next = here < 0 ? (by > 0 ? 0 : list.length - 1) : here + by;
    makeCurrent(list[Math.max(0, Math.min(list.length - 1, next))]);
  };
  const nextWaiting = (card) => {
    const list = cards();
    const after = list.slice(list.indexOf(card) + 1).find((one) => one.dataset.state === "proposed");
    makeCurrent(after ?? card);
  };
  const busy = () => document.querySelector("#cards .htmx-request");

  document.addEventListener("click", (event) => {
    const mark = event.target.closest("mark.quote");
    if (mark) makeCurrent(document.getElementById(`s${mark.dataset.quote.split(" ")[0]}`));
    const edit = event.target.closest("mark.edit");
    if (edit) showEdit(edit.dataset.edit.split(" ")[0]);
    const by = event.target.closest("[data-edit-step]")?.dataset.editStep;
    if (by) stepEdit(Number(by));
    const pane = event.target.closest("[data-pane]");
    if (pane) showPane(pane);
  });
  document.addEventListener("focusin", (event) => {
    const card = event.target.closest?.("#cards > .statement");
    if (card && card !== current()) makeCurrent(card, { focus: false });
  });

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) {
      if (event.key === "Escape") event.target.closest?.(".is-editing")?.querySelector("[data-key=Escape]")?.click();
      return;
    }
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (numbers.length && (key === "n" || key === "p")) {
      event.preventDefault();
      stepEdit(key === "n" ? 1 : -1);
    } else if (cards().length && (key === "j" || key === "k")) {
      event.preventDefault();
      step(key === "j" ? 1 : -1);
    } else {
      const button = current()?.querySelector(`[data-key="${CSS.escape(key)}"]`);
      if (!button) return;
      event.preventDefault();
      if (!busy()) button.click();
    }
  });

  // ---- after an answer: the quotes take the card's state, and the next card that waits is current.
  document.addEventListener("htmx:afterSwap", (event) => {
    const id = event.detail.target?.id ?? event.target.id;
    const card = id && document.getElementById(id);
    if (!card?.classList.contains("statement")) return;
    for (const mark of quotesOf(card.dataset.statement)) {
      mark.className = mark.className.replace(/is-(proposed|accepted|corrected|rejected)/g, "").trim();
      mark.classList.add(`is-${card.dataset.state}`);
    }
    if (card.classList.contains("is-editing")) {
      makeCurrent(card, { focus: false });
      card.querySelector("input:not([type=hidden]), select")?.focus();
    } else if (card.dataset.state === "proposed") {
      makeCurrent(card);
    } else {
      nextWaiting(card);
    }
  });

  // ---- on a phone: both texts, or one of them.
  const showPane = (button) => {
    for (const one of all("[data-pane]")) {
      one.classList.toggle("active", one === button);
      one.setAttribute("aria-pressed", String(one === button));
    }
    for (const pane of all("[data-pane-of]")) {
      pane.classList.toggle("is-away", button.dataset.pane !== "both" && pane.dataset.paneOf !== button.dataset.pane);
    }
  };

  // ---- accepting together waits until the last row has been on the screen.
  const button = document.querySelector("[data-after-seen]");
  const last = document.querySelector(".together > li:last-child");
  if (button && last && "IntersectionObserver" in window) {
    button.disabled = true;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      button.disabled = false;
      observer.disconnect();
    });
    observer.observe(last);
  }

  const asked = location.hash.startsWith("#s") && document.getElementById(location.hash.slice(1));
  if (asked) makeCurrent(asked);
  else makeCurrent(cards().find((one) => one.dataset.state === "proposed"), { focus: false });
})();

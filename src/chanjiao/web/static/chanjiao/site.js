// The site's own script: CSRF for htmx, questions before acts, drafts kept on this machine.
(() => {
  "use strict";
  const cookie = (name) =>
    document.cookie.split("; ").map((c) => c.split("=")).find(([key]) => key === name)?.[1] ?? "";

  document.addEventListener("htmx:configRequest", (event) => {
    event.detail.headers["X-CSRFToken"] = decodeURIComponent(cookie("csrftoken"));
  });

  // data-confirm="text": ask before a form is sent.
  document.addEventListener("submit", (event) => {
    const question = event.submitter?.dataset.confirm ?? event.target.dataset.confirm;
    if (question && !window.confirm(question)) {
      event.preventDefault();
      return;
    }
    if (event.target.dataset.keep) sessionStorage.removeItem(`draft:${event.target.dataset.keep}`);
  });

  // data-keep="key": what was typed survives a reload or an expired session on this machine.
  const kept = (form) =>
    [...form.elements].filter(
      (e) => e.name && !["hidden", "password", "file", "submit"].includes(e.type) && !e.dataset.private,
    );
  for (const form of document.querySelectorAll("form[data-keep]")) {
    const key = `draft:${form.dataset.keep}`;
    const draft = JSON.parse(sessionStorage.getItem(key) ?? "null");
    if (draft && !form.querySelector(".is-invalid")) {
      for (const e of kept(form)) {
        if (!(e.name in draft) || e.type === "radio" || e.type === "checkbox") continue;
        if (e.value === "" || e.value === e.defaultValue) e.value = draft[e.name];
      }
    }
    form.addEventListener("input", () => {
      const values = {};
      for (const e of kept(form)) if (e.type !== "radio" && e.type !== "checkbox") values[e.name] = e.value;
      sessionStorage.setItem(key, JSON.stringify(values));
    });
  }

  // Our own file field shows which file was chosen.
  document.addEventListener("change", (event) => {
    const picker = event.target.closest?.(".file-picker");
    const names = [...(event.target.files ?? [])].map((file) => file.name);
    if (!picker || !names.length) return;
    picker.classList.add("has-file");
    picker.querySelector(".file-name").textContent = names.join(", ");
  });

  // data-print: print this page.
  document.addEventListener("click", (event) => {
    if (event.target.closest("[data-print]")) window.print();
    const copy = event.target.closest("[data-copy]");
    if (copy) navigator.clipboard?.writeText(copy.dataset.copy);
  });
})();

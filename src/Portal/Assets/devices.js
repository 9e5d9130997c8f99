// The list of phones: rows by key, times that tick, menus that close, files that are kept.
(() => {
  "use strict";
  const isTyping = (at) => at instanceof HTMLElement && (at.isContentEditable || /^(TEXTAREA|SELECT)$/.test(at.tagName)
    || (at.tagName === "INPUT" && !/^(checkbox|radio|button)$/.test(at.type)));

  const rowOf = (at) => (at instanceof Element ? at.closest("table.devices tbody tr") : null);

  function move(step) {
    const rows = [...document.querySelectorAll("table.devices tbody tr")];
    if (rows.length === 0) return;
    const at = rows.indexOf(rowOf(document.activeElement));
    const next = at < 0 ? (step > 0 ? 0 : rows.length - 1) : Math.min(rows.length - 1, Math.max(0, at + step));
    const link = rows[next].querySelector(".row-link");
    link.focus();
    rows[next].scrollIntoView({ block: "nearest" });
  }

  document.addEventListener("keydown", (e) => {
    if (e.ctrlKey || e.metaKey || e.altKey || isTyping(e.target) || document.querySelector(".mud-dialog")) return;
    const row = rowOf(document.activeElement);
    const isArrow = e.key === "ArrowDown" || e.key === "ArrowUp";
    if (e.key === "j" || e.key === "k" || (isArrow && row)) {
      e.preventDefault();
      move(e.key === "j" || e.key === "ArrowDown" ? 1 : -1);
    } else if (e.key === "x" && row) {
      e.preventDefault();
      row.querySelector("input[type=checkbox]").click();
    } else if (e.key === "Escape") {
      closeMenus(null);
    }
  });

  function closeMenus(but) {
    for (const menu of document.querySelectorAll("details.menu[open]")) {
      if (menu !== but) menu.open = false;
    }
  }
  document.addEventListener("click", (e) => {
    const at = e.target instanceof Element ? e.target : null;
    closeMenus(at && !at.closest("[data-closes]") ? at.closest("details.menu") : null);
    if (at && at.closest("[data-print]")) window.print();
  });

  // What the gateway's clock is ahead of this one; asked of the page once.
  let clock = null;
  let ahead = 0;
  function tick() {
    const found = document.getElementById("clock");
    if (!found || document.hidden) return;
    if (found !== clock) {
      clock = found;
      ahead = Number(found.dataset.now) - Date.now();
    }
    const now = Date.now() + ahead;
    for (const time of document.querySelectorAll("time.moment")) {
      const text = wordsFor((now - Date.parse(time.dateTime)) / 1000, found.dataset);
      const node = time.firstChild;
      if (node && node.nodeValue !== text) node.nodeValue = text;
    }
  }
  function wordsFor(seconds, words) {
    const of = (template, number) => template.replace("#", String(Math.floor(number)));
    if (seconds < 2) return words.justNow;
    if (seconds < 60) return of(words.seconds, seconds);
    if (seconds < 3600) return of(words.minutes, seconds / 60);
    if (seconds < 172800) return of(words.hours, seconds / 3600);
    return of(words.days, seconds / 86400);
  }
  setInterval(tick, 1000);

  window.sipgatewayDevices = {
    remember(key, value) {
      try { localStorage.setItem("sipgateway_" + key, value); } catch { /* a browser that keeps nothing */ }
    },
    recall(key) {
      try { return localStorage.getItem("sipgateway_" + key) || ""; } catch { return ""; }
    },
    async save(name, content) {
      const link = document.createElement("a");
      link.href = URL.createObjectURL(new Blob([await content.arrayBuffer()], { type: "text/csv;charset=utf-8" }));
      link.download = name;
      document.body.append(link);
      link.click();
      link.remove();
      setTimeout(() => URL.revokeObjectURL(link.href), 10000);
    },
  };
})();

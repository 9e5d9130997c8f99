// What a page needs of the browser and Blazor does not do: keys, two cookies, the clipboard, and to come back when the server does.
(() => {
  "use strict";

  // The content policy forbids style attributes, as markup that somebody smuggled in would have them. What a script sets is its own word.
  const setAttribute = Element.prototype.setAttribute;
  Element.prototype.setAttribute = function (name, value) {
    if (name === "style") {
      this.style.cssText = value;
    } else {
      setAttribute.call(this, name, value);
    }
  };

  const places = { d: "/", a: "/add", o: "/overview", u: "/users", s: "/sites", p: "/policies", t: "/operations", l: "/audit" };
  let goAt = 0;
  document.addEventListener("keydown", (e) => {
    const at = e.target;
    const isTyping = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (isTyping || e.ctrlKey || e.metaKey || e.altKey) {
      return;
    }
    const search = document.querySelector("input[type=search]");
    if (e.key === "/" && search) {
      e.preventDefault();
      search.focus();
      search.select();
    } else if (e.key === "?") {
      document.getElementById("key-help")?.showModal();
    } else if (e.key === "g") {
      goAt = e.timeStamp;
    } else if (Object.hasOwn(places, e.key) && e.timeStamp - goAt < 1500) {
      document.querySelector('header a[href="' + places[e.key] + '"]')?.click();
    }
  });
  document.addEventListener("click", async (e) => {
    const button = e.target instanceof Element ? e.target.closest("[data-copy]") : null;
    if (button && navigator.clipboard) {
      await navigator.clipboard.writeText(button.getAttribute("data-copy"));
      button.classList.add("copied");
      setTimeout(() => button.classList.remove("copied"), 1500);
    }
  });
  document.addEventListener("click", (e) => {
    const button = e.target instanceof Element ? e.target.closest("[data-theme-choice], [data-opens]") : null;
    if (button?.hasAttribute("data-opens")) {
      document.getElementById(button.getAttribute("data-opens")).showModal();
    } else if (button) {
      const theme = button.getAttribute("data-theme-choice");
      document.cookie = "sipgateway_theme=" + theme + "; path=/; max-age=31536000; samesite=strict";
      document.documentElement.dataset.theme = theme;
    }
  });

  document.addEventListener("change", (e) => {
    const name = e.target instanceof HTMLSelectElement ? e.target.dataset.cookie : undefined;
    if (name) {
      document.cookie = name + "=" + e.target.value + "; path=/; max-age=31536000; samesite=strict";
      location.reload();
    }
  });

  // A server that was started anew knows nothing of this page: it is loaded again as soon as somebody answers.
  let isLeaving = false;
  const comeBack = async () => {
    for (;;) {
      try {
        if ((await fetch("/portal/portal.css", { method: "HEAD", cache: "no-store" })).ok) {
          location.reload();
          return;
        }
      } catch {
        // Not yet.
      }
      await new Promise((resolve) => setTimeout(resolve, 1000));
    }
  };
  document.getElementById("components-reconnect-modal").addEventListener("components-reconnect-state-changed", (e) => {
    if (!isLeaving && (e.detail.state === "failed" || e.detail.state === "rejected" || e.detail.state === "resume-failed")) {
      isLeaving = true;
      comeBack();
    }
  });
})();

// What a page needs of the browser and Blazor does not do: one key, one cookie, the clipboard.
(() => {
  "use strict";
  document.addEventListener("keydown", (e) => {
    const at = e.target;
    const isTyping = at instanceof HTMLElement && (at.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(at.tagName));
    if (e.key === "/" && !isTyping && !e.ctrlKey && !e.metaKey && !e.altKey) {
      const search = document.querySelector("input[type=search]");
      if (search) {
        e.preventDefault();
        search.focus();
        search.select();
      }
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
  window.sipgateway = {
    rememberTheme(theme) {
      document.cookie = "sipgateway_theme=" + theme + "; path=/; max-age=31536000; samesite=strict";
      document.documentElement.dataset.theme = theme;
    },
  };
})();

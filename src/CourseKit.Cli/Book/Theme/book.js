// Copy buttons, and the table of contents: closed on a phone, following the reader elsewhere. The pages are whole without it.
(() => {
  "use strict";
  const chinese = document.documentElement.lang.startsWith("zh");
  const say = (english, inChinese) => chinese ? inChinese : english;
  for (const block of document.querySelectorAll(".code")) {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "copy";
    button.textContent = say("Copy", "复制");
    button.addEventListener("click", async () => {
      const text = block.querySelector("code").textContent;
      let done = true;
      try {
        await navigator.clipboard.writeText(text);
      } catch {
        const area = document.createElement("textarea");
        area.value = text;
        area.style.position = "fixed";
        document.body.append(area);
        area.select();
        done = document.execCommand("copy");
        area.remove();
      }
      button.textContent = done ? say("Copied", "已复制") : say("Select and copy by hand", "请手动选中复制");
      setTimeout(() => { button.textContent = say("Copy", "复制"); }, 1600);
    });
    block.append(button);
  }

  const contents = document.querySelector(".toc");
  if (contents && matchMedia("(max-width: 70rem)").matches) contents.open = false;

  const links = new Map([...document.querySelectorAll(".toc a")].map(a => [decodeURIComponent(a.hash.slice(1)), a]));
  if (links.size > 0) {
    const heads = [...document.querySelectorAll("main h2[id], main h3[id]")];
    const mark = () => {
      const line = innerHeight / 4;
      const current = heads.filter(h => h.getBoundingClientRect().top < line).pop();
      for (const [id, a] of links) a.classList.toggle("current", current !== undefined && id === current.id);
    };
    let waiting = false;
    addEventListener("scroll", () => {
      if (waiting) return;
      waiting = true;
      requestAnimationFrame(() => { waiting = false; mark(); });
    }, { passive: true });
    mark();
  }
})();

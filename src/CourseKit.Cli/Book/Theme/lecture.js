// Keys for the projector: arrows, page keys and space move by slides; Home and End; f for the full screen.
(() => {
  "use strict";
  const slides = [...document.querySelectorAll(".slide")];
  const where = document.querySelector(".where");
  let at = 0;
  const seen = () => {
    const middle = innerHeight / 2;
    const i = slides.findIndex(slide => { const box = slide.getBoundingClientRect(); return box.top <= middle && box.bottom > middle; });
    if (i >= 0) at = i;
    where.textContent = `${at + 1} / ${slides.length}`;
  };
  const go = i => {
    at = Math.max(0, Math.min(slides.length - 1, i));
    slides[at].scrollIntoView();
    history.replaceState(null, "", "#" + slides[at].id);
    seen();
  };
  // On a slide longer than the screen the keys scroll to its end before they leave it.
  const step = by => {
    const box = slides[at].getBoundingClientRect();
    if (by > 0 && box.bottom > innerHeight + 8) scrollBy({ top: Math.min(innerHeight * 0.8, box.bottom - innerHeight) });
    else if (by < 0 && box.top < -8) scrollBy({ top: Math.max(-innerHeight * 0.8, box.top) });
    else go(at + by);
  };
  addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select, .js-plotly-plot")) return;
    const by = { ArrowRight: 1, PageDown: 1, ArrowDown: 1, ArrowLeft: -1, PageUp: -1, ArrowUp: -1 }[event.key] ?? (event.key === " " ? (event.shiftKey ? -1 : 1) : 0);
    if (event.key === " " && event.target.closest("button, a, summary")) return;
    if (by) step(by);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(slides.length - 1);
    else if (event.key === "f") document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen();
    else return;
    event.preventDefault();
  });
  for (const button of document.querySelectorAll(".remote [data-step]"))
    button.addEventListener("click", () => go(at + Number(button.dataset.step)));
  addEventListener("scroll", () => requestAnimationFrame(seen), { passive: true });
  seen();
})();

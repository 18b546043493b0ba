// Search without a server. The index is built here from the sections' text: words of Latin letters by their beginnings, Chinese by
// overlapping pairs of characters, since Chinese has no spaces between words.
(() => {
  "use strict";
  const sections = window.courseKitSections || [];
  const fold = text => text.normalize("NFKC").toLowerCase();
  const han = /[\u3400-\u9fff]/;
  const runs = text => fold(text).match(/[\u3400-\u9fff]+|[\p{L}\p{N}]+/gu) || [];

  // The pieces of a run of characters: pairs (or a single one) of Chinese, the whole word otherwise.
  const pieces = run => {
    if (!han.test(run)) return [run];
    if (run.length === 1) return [run];
    return Array.from({ length: run.length - 1 }, (_, i) => run.slice(i, i + 2));
  };

  const index = new Map();
  const add = (piece, section, weight) => {
    let places = index.get(piece);
    if (!places) index.set(piece, places = new Map());
    places.set(section, (places.get(section) || 0) + weight);
  };
  sections.forEach((section, i) => {
    for (const [text, weight] of [[section.t, 6], [section.h, 12], [section.x, 1]])
      for (const run of runs(text)) {
        for (const piece of pieces(run)) add(piece, i, weight);
        if (han.test(run)) for (const one of new Set(run)) add(one, i, weight / 4);
      }
  });

  // Where a piece of the query occurs; a Latin word also as the beginning of a longer one.
  const places = piece => {
    if (han.test(piece)) return index.get(piece) || new Map();
    const all = new Map();
    for (const [word, found] of index)
      if (word.startsWith(piece))
        for (const [section, weight] of found) all.set(section, (all.get(section) || 0) + weight * (word === piece ? 1 : 0.5));
    return all;
  };

  const search = query => {
    const asked = runs(query);
    if (asked.length === 0) return [];
    let scores = null;
    for (const piece of asked.flatMap(pieces)) {
      const found = places(piece);
      const rarity = Math.log(1 + sections.length / (1 + found.size));
      const next = new Map();
      for (const [section, weight] of found)
        if (!scores || scores.has(section)) next.set(section, (scores ? scores.get(section) : 0) + rarity * (1 + Math.log(1 + weight)));
      scores = next;
    }
    // Pairs may overlap by chance: a run of Chinese must occur as it was typed.
    const whole = asked.filter(run => han.test(run));
    return [...scores]
      .filter(([i]) => whole.every(run => fold(sections[i].t + "\n" + sections[i].h + "\n" + sections[i].x).includes(run)))
      .sort((a, b) => b[1] - a[1] || a[0] - b[0]).slice(0, 40).map(([i]) => sections[i]);
  };

  const snippet = (text, asked) => {
    const folded = fold(text);
    const at = Math.max(0, Math.min(...asked.map(run => { const i = folded.indexOf(run); return i < 0 ? Infinity : i; })));
    const start = Number.isFinite(at) ? Math.max(0, at - 60) : 0;
    return (start > 0 ? "… " : "") + text.slice(start, start + 180) + (start + 180 < text.length ? " …" : "");
  };

  const mark = (element, text, asked) => {
    const folded = fold(text);
    if (folded.length !== text.length) { element.textContent = text; return; }
    let at = 0;
    while (at < text.length) {
      let best = -1, length = 0;
      for (const run of asked) {
        const i = folded.indexOf(run, at);
        if (i >= 0 && (best < 0 || i < best)) { best = i; length = run.length; }
      }
      if (best < 0) break;
      element.append(text.slice(at, best));
      const hit = document.createElement("mark");
      hit.textContent = text.slice(best, best + length);
      element.append(hit);
      at = best + length;
    }
    element.append(text.slice(at));
  };

  const input = document.querySelector(".search-page input");
  const list = document.querySelector(".results");
  const status = document.querySelector(".status");
  const show = () => {
    const asked = runs(input.value);
    const found = search(input.value);
    list.replaceChildren(...found.map(section => {
      const item = document.createElement("li");
      const link = document.createElement("a");
      link.href = section.p + (section.a ? "#" + encodeURIComponent(section.a) : "");
      link.textContent = section.h && section.h !== section.t ? section.t + " › " + section.h : section.t;
      const text = document.createElement("p");
      mark(text, snippet(section.x, asked), asked);
      item.append(link, text);
      return item;
    }));
    status.textContent = asked.length === 0 ? "" : status.dataset[found.length === 0 ? "none" : "some"].replace("#", found.length);
  };
  input.value = new URLSearchParams(location.search).get("q") || "";
  input.addEventListener("input", show);
  document.querySelector(".search-page form").addEventListener("submit", event => { event.preventDefault(); show(); });
  show();
})();

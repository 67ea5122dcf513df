// Draws every [data-chart] from the JSON beside it; links in the data open their rows.
(() => {
  "use strict";
  const draw = (place) => {
    const option = JSON.parse(document.getElementById(place.dataset.chart).textContent);
    const chart = echarts.init(place, null, { renderer: "canvas" });
    // Rich text, because the content security policy forbids styles in injected markup.
    option.tooltip = { ...(option.tooltip ?? {}), renderMode: "richText", confine: true };
    option.animation = !matchMedia("(prefers-reduced-motion: reduce)").matches;
    // What a phone needs otherwise: smaller words, turned labels. Decided once, when it is drawn.
    const { narrow, ...usual } = option;
    chart.setOption(usual);
    if (narrow && place.clientWidth <= 520) chart.setOption(narrow);
    chart.on("click", (event) => {
      const url = event.data?.url;
      if (url && url.startsWith("/")) location.assign(url);
    });
    new ResizeObserver(() => chart.resize()).observe(place);
  };
  const all = () => document.querySelectorAll("[data-chart]:not([data-drawn])").forEach((place) => {
    place.dataset.drawn = "yes";
    draw(place);
  });
  all();
  document.addEventListener("htmx:afterSettle", all);
})();

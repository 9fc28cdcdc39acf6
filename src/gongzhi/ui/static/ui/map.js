// A map that can be moved and zoomed, beside the drawing of the server. Without it, or without Leaflet, the drawing stays.
"use strict";

const popup = (place) => {
  const words = document.createElement("div");
  const name = document.createElement(place.href ? "a" : "b");
  name.textContent = place.name;
  if (place.href) name.href = place.href;
  words.append(name);
  if (place.words) words.append(document.createElement("br"), place.words);
  return words;
};

const live = (figure) => {
  const box = document.createElement("div");
  box.className = "map-live";
  figure.querySelector("svg").after(box);
  const map = L.map(box, { attributionControl: Boolean(figure.dataset.tiles) });
  map.attributionControl?.setPrefix(false);
  if (figure.dataset.tiles) L.tileLayer(figure.dataset.tiles, { attribution: figure.dataset.credit, maxZoom: 18 }).addTo(map);
  L.control.scale({ imperial: false }).addTo(map);
  const drawn = L.featureGroup(JSON.parse(figure.dataset.map).map((place) => L.geoJSON(place.shape, {
    style: { className: place.state },
    pointToLayer: (_, at) => L.circleMarker(at, { radius: 9, className: place.state }),
  }).bindPopup(popup(place)))).addTo(map);
  map.fitBounds(drawn.getBounds(), { padding: [24, 24], maxZoom: 17 });
  return box;
};

for (const figure of window.L ? document.querySelectorAll("[data-map]") : []) {
  const button = document.createElement("button");
  const drawing = figure.querySelector("svg");
  let box = null;
  button.type = "button";
  button.className = "bt s";
  button.textContent = "移动、缩放";
  button.addEventListener("click", () => {
    const first = !box;
    const shown = first || box.hidden;
    if (!first) box.hidden = !shown;
    drawing.classList.toggle("unseen", shown);
    if (first) box = live(figure);
    button.textContent = shown ? "看线图" : "移动、缩放";
  });
  figure.append(button);
}

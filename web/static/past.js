// The only script of Casebook, on pages of the past alone: a slider says its day in words while it is moved.
"use strict";
(() => {
  const form = document.getElementById("clocks");
  if (!form) return;
  const first = new Date(`${form.dataset.first}T12:00:00Z`);
  const words = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  for (const slider of form.querySelectorAll("input[type=range]")) {
    const field = document.getElementById(slider.dataset.sets);
    slider.addEventListener("input", () => {
      const day = new Date(first);
      day.setUTCDate(day.getUTCDate() + Number(slider.value));
      slider.setAttribute("aria-valuetext", words.format(day));
      form.querySelector(`output[for="${slider.id}"]`).textContent = words.format(day);
      field.value = slider.value === slider.defaultValue ? field.defaultValue : day.toISOString().slice(0, 10);
    });
  }
})();

/* global document, window, location, history, URLSearchParams */
// Filters, deep links and the arrow keys of the map. The page can be read without any of it.
(() => {
  'use strict';

  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const rules = all('.rule');
  const form = document.querySelector('.filters');
  const none = document.querySelector('.none');

  if (form) {
    const output = form.querySelector('output');
    // What is searched, worked out once: reading the text of an element is slow.
    const entries = rules.map((rule) => ({
      rule,
      text: rule.querySelector('summary').textContent.toLowerCase(),
      section: rule.closest('[data-section]').dataset.section,
    }));
    const sections = all('.rules');

    const apply = () => {
      const chosen = new window.FormData(form);
      const words = String(chosen.get('q')).toLowerCase().split(/\s+/).filter(Boolean);
      const verdicts = chosen.getAll('verdict');
      const level = chosen.get('level');
      const section = chosen.get('section');
      let shown = 0;
      for (const entry of entries) {
        const { rule } = entry;
        const matches =
          (verdicts.length === 0 || verdicts.includes(rule.dataset.verdict)) &&
          (!level || rule.dataset.level === level) &&
          (!section || entry.section === section) &&
          words.every((word) => entry.text.includes(word));
        rule.hidden = !matches;
        if (matches) shown += 1;
      }
      for (const each of sections) each.hidden = !each.querySelector('.rule:not([hidden])');
      none.hidden = shown > 0;
      output.textContent =
        shown === rules.length ? `${rules.length} rules` : `${shown} of ${rules.length} rules`;
      remember(chosen);
    };

    /** In the address, so that what is seen can be sent to somebody. */
    const remember = (chosen) => {
      const kept = new URLSearchParams([...chosen].filter(([, value]) => value !== ''));
      const query = String(kept);
      try {
        history.replaceState(null, '', `${location.pathname}${query && `?${query}`}${location.hash}`);
      } catch {
        // Where the page may not change its address, only the sending is lost.
      }
    };

    const recall = () => {
      const kept = new URLSearchParams(location.search);
      for (const control of form.elements) {
        if (!control.name) continue;
        if (control.type === 'checkbox') control.checked = kept.getAll(control.name).includes(control.value);
        else control.value = kept.get(control.name) ?? '';
      }
    };

    form.hidden = false;
    form.addEventListener('input', apply);
    form.addEventListener('submit', (event) => event.preventDefault());
    form.addEventListener('reset', (event) => {
      event.preventDefault();
      showAll();
    });
    none.querySelector('button').addEventListener('click', () => showAll());

    const showAll = () => {
      for (const control of form.elements) {
        if (control.type === 'checkbox') control.checked = false;
        else if (control.name) control.value = '';
      }
      apply();
    };

    /** Rules that were not in sight yet only have a guessed height: what was passed on the way moves the aim. */
    const bringIntoSight = (rule, tries) => {
      rule.scrollIntoView({ behavior: 'instant' });
      const { top } = rule.getBoundingClientRect();
      window.requestAnimationFrame(() => {
        if (tries > 0 && Math.abs(rule.getBoundingClientRect().top - top) > 1)
          bringIntoSight(rule, tries - 1);
      });
    };

    /** A link to a rule wins over a filter that hides it. */
    const follow = () => {
      const id = decodeURIComponent(location.hash.slice(1));
      const rule = id === '' ? null : document.getElementById(id);
      if (!rule || !rule.classList.contains('rule')) return;
      if (rule.hidden) showAll();
      rule.open = true;
      rule.querySelector('summary').focus({ preventScroll: true });
      bringIntoSight(rule, 20);
    };

    recall();
    apply();
    window.addEventListener('hashchange', follow);
    document.addEventListener('click', (event) => {
      const link = event.target.closest('a[href^="#"]');
      if (link && link.hash === location.hash) follow();
    });
    // The browser goes to the fragment itself when the page has loaded, and would take the focus away again.
    window.addEventListener('load', () => window.requestAnimationFrame(follow));
  }

  // One stop of the tabulator for each row of the map; the arrow keys move within it.
  for (const row of all('.cells')) {
    const cells = all('a', row);
    cells.forEach((cell, index) => (cell.tabIndex = index === 0 ? 0 : -1));
    row.addEventListener('keydown', (event) => {
      const step = { ArrowRight: 1, ArrowLeft: -1, Home: -Infinity, End: Infinity }[event.key];
      if (step === undefined) return;
      event.preventDefault();
      const at = cells.indexOf(document.activeElement);
      const next = cells[Math.min(Math.max(at + step, 0), cells.length - 1)];
      for (const cell of cells) cell.tabIndex = cell === next ? 0 : -1;
      next.focus();
    });
  }
})();

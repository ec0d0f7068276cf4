extension HTMLReport {
    /// What the page does beside showing: search, fold, filter.
    ///
    /// Without it everything is still there to be read.
    static let script: StaticString = #"""
        "use strict";
        (() => {
          const all = (selector, root = document) => [...root.querySelectorAll(selector)];
          const one = (selector) => document.querySelector(selector);
          const body = document.body, field = one("#query"), told = one("#told");
          const lines = all(".l"), folds = all("main details");
          const limit = 5000;
          let texts = null, hits = [], at = -1, timer = 0;
          all("[data-script]").forEach((element) => { element.hidden = false; });

          const open = (element) => {
            for (let e = element; e; e = e.parentElement) if (e.tagName === "DETAILS") e.open = true;
          };
          const paint = (query) => {
            if (!window.CSS || !CSS.highlights) return;
            CSS.highlights.clear();
            if (!query) return;
            const found = new Highlight();
            let count = 0;
            for (const line of hits) {
              const walker = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node && count < limit; node = walker.nextNode()) {
                const text = node.data.toLowerCase();
                for (let i = text.indexOf(query); i >= 0 && count < limit; i = text.indexOf(query, i + query.length)) {
                  if (i + query.length > node.length) break;
                  const range = new Range();
                  range.setStart(node, i);
                  range.setEnd(node, i + query.length);
                  found.add(range);
                  count += 1;
                }
              }
              if (count >= limit) break;
            }
            CSS.highlights.set("found", found);
          };
          const search = () => {
            const query = field.value.toLowerCase();
            texts = texts || lines.map((line) => line.textContent.toLowerCase());
            all(".l.hit,.l.now").forEach((line) => line.classList.remove("hit", "now"));
            hits = query ? lines.filter((line, index) => texts[index].includes(query)) : [];
            at = -1;
            const logs = new Set();
            for (const line of hits) { line.classList.add("hit"); logs.add(line.closest("details")); }
            if (query) {
              all("details.log").forEach((log) => { log.open = logs.has(log); });
              logs.forEach((log) => log && open(log));
            }
            body.classList.toggle("searching", query !== "");
            told.textContent = query === "" ? "" : hits.length === 0 ? "no line has it"
              : `${hits.length} ${hits.length === 1 ? "line" : "lines"} in ${logs.size} ${logs.size === 1 ? "log" : "logs"}`;
            paint(query);
          };
          const go = (step) => {
            if (!hits.length) return;
            if (at >= 0) hits[at].classList.remove("now");
            at = at < 0 && step < 0 ? hits.length - 1 : (at + step + hits.length) % hits.length;
            const line = hits[at];
            line.classList.add("now");
            open(line);
            line.scrollIntoView({ block: "center" });
            told.textContent = `${at + 1} of ${hits.length}`;
          };
          field.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(search, 120); });
          field.addEventListener("keydown", (event) => {
            if (event.key === "Enter") {
              event.preventDefault();
              clearTimeout(timer);
              if (at < 0 && !hits.length) search();
              go(event.shiftKey ? -1 : 1);
            } else if (event.key === "Escape") { field.value = ""; search(); }
          });
          document.addEventListener("keydown", (event) => {
            const typing = event.target instanceof HTMLElement && event.target.matches("input,textarea");
            if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey) { event.preventDefault(); field.focus(); }
          });
          one("#next").addEventListener("click", () => go(1));
          one("#previous").addEventListener("click", () => go(-1));
          one("#only").addEventListener("click", (event) => {
            const isOn = body.classList.toggle("only");
            event.currentTarget.setAttribute("aria-pressed", String(isOn));
          });
          one("#unfold").addEventListener("click", () => folds.forEach((fold) => { fold.open = true; }));
          one("#fold").addEventListener("click", () => folds.forEach((fold) => { fold.open = false; }));
          const filters = all("[data-filter]");
          filters.forEach((button) => button.addEventListener("click", () => {
            filters.forEach((other) => other.setAttribute("aria-pressed", String(other === button)));
            const wanted = button.dataset.filter;
            all("[data-result]").forEach((item) => {
              item.hidden = wanted !== "all" && (item.dataset.result === "passed") !== (wanted === "passed");
            });
          }));
          const follow = () => {
            const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
            if (!target) return;
            open(target);
            target.scrollIntoView();
          };
          window.addEventListener("hashchange", follow);
          window.addEventListener("beforeprint", () => folds.forEach((fold) => { fold.open = true; }));
          follow();
        })();
        """#
}

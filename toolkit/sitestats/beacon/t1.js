// Counts what is seen and done on a page, for the collector of toolkit sitestats: pages (also those that change without
// loading), named events, links that lead away. No cookie, nothing stored, nothing sent anywhere else; a visitor who asks
// not to be tracked (DNT, GPC) is not counted.
//
//   <script defer src="https://stats.example.vn/t1.js" data-site="KEY"></script>
//   <button data-event="order">…</button>      toolkit("event", "order")
//
// What is served is this text without comments and long names. Its hash stands in pages: a script that does something
// else gets another name (t2.js), and this one stays.
(function (view, page, browser) {
  var script = page.currentScript,
    tag = script.dataset,
    target = (tag.to || script.src.replace(/[^/]*$/, "")) + "t",
    place = view.location,
    past = view.history,
    from = page.referrer,
    seen;

  function send(kind, name) {
    browser.sendBeacon(target, JSON.stringify({ s: tag.site, k: kind, n: name, p: seen, r: from }));
  }

  function look() {
    var now = place.pathname + place.search;
    if (now != seen) {
      seen = now;
      send("view");
      from = place.origin + now;
    }
  }

  function follow(name) {
    var before = past[name];
    past[name] = function () {
      before.apply(past, arguments);
      look();
    };
  }

  function act(happened) {
    var near = happened.target,
      named = near.closest(happened.type == "submit" ? "form[data-event]" : "[data-event]:not(form)"),
      link = near.closest("a[href]");
    if (named) {
      send("event", named.dataset.event);
    }
    if (link && link.host != place.host && /^(http|tel|mailto|sms)/.test(link.href)) {
      send("link", link.href);
    }
  }

  if (browser.doNotTrack == 1 || browser.globalPrivacyControl || !browser.sendBeacon) {
    view.toolkit = function () {};
    return;
  }
  view.toolkit = send;
  follow("pushState");
  follow("replaceState");
  view.addEventListener("popstate", look);
  view.addEventListener("pageshow", function (happened) {
    if (happened.persisted) {
      seen = 0;
      look();
    }
  });
  ["click", "auxclick", "submit"].forEach(function (name) {
    page.addEventListener(name, act, true);
  });
  if (page.prerendering) {
    page.addEventListener("prerenderingchange", look, { once: true });
  } else {
    look();
  }
})(window, document, navigator);

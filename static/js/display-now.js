// Before the first paint: the visitor's type size and contrast, also on a page from a cache.
(function () {
  var choices = { size: ["small", "medium", "large"], contrast: ["normal", "high"] };
  Object.keys(choices).forEach(function (name) {
    var found = document.cookie.match(new RegExp("(?:^|; )" + name + "=([a-z]+)"));
    var value = found && choices[name].indexOf(found[1]) >= 0 ? found[1] : name === "size" ? "medium" : "normal";
    document.documentElement.dataset[name] = value;
  });
})();

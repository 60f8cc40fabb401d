// What the scripts say: the page brings the section [script] of its language with it, as data.

const messages = JSON.parse(document.getElementById("words")?.textContent || "{}");
const forms = new Intl.PluralRules(document.documentElement.lang);
const numbers = new Intl.NumberFormat(document.documentElement.lang);

// said is the message of that key with its values; the value n chooses the plural form. A key that does not exist is said as it is.
export const said = (key, values = {}) => {
  const message = messages[key] ?? key;
  const text = typeof message === "string" ? message : message[forms.select(values.n)] ?? message.other;
  return text.replace(/\{(\w+)\}/g, (whole, name) => {
    const value = values[name];
    return typeof value === "number" ? numbers.format(value) : value ?? whole;
  });
};

// Prints every element without elements in it: its name, a tab, its text. Node has no parser of its own; its decoder of the
// labelled code is what programs there use.
const data = require("fs").readFileSync(process.argv[2]);
const label = /^<\?xml[^>]*encoding="([^"]+)"/.exec(data.toString("latin1"))[1];
const text = new TextDecoder(label, { fatal: true }).decode(data);
const signs = { lt: "<", gt: ">", amp: "&", quot: '"', apos: "'" };
for (const [, name, value] of text.matchAll(/<([A-Za-z0-9]+)>([^<]*)<\/\1>/g)) {
  process.stdout.write(`${name}\t${value.replace(/&(lt|gt|amp|quot|apos);/g, (_, sign) => signs[sign])}\n`);
}

// “全选本页”: without script every box is ticked by hand.
document.addEventListener("change", (event) => {
  if (!event.target.matches("[data-ledger-all]")) return;
  for (const box of event.target.form.querySelectorAll('input[name="id"]')) box.checked = event.target.checked;
});

// Long lists of bodies: typing shows those whose name has the words; without script the list is scrolled.
for (const set of document.querySelectorAll("[data-ledger-find]")) {
  const find = document.createElement("input");
  find.type = "search";
  find.placeholder = set.dataset.ledgerFind;
  find.setAttribute("aria-label", set.dataset.ledgerFind);
  find.addEventListener("input", () => {
    for (const label of set.querySelectorAll("label")) label.hidden = !label.textContent.includes(find.value.trim());
  });
  find.addEventListener("keydown", (event) => event.key === "Enter" && event.preventDefault());
  set.querySelector(".ledger-choices").before(find);
}

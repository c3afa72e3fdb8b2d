// While a notice is read in the background, look again every three seconds; without script there is a button.
if (document.querySelector("[data-import-reading]")) setTimeout(() => location.reload(), 3000);

// What the camera read stands behind the `#` and never leaves the phone: shown here, to be copied into
// the app. Without this script the page says how to type it.
const text = location.href;
if (/\/enrol#./i.test(text)) {
  const line = document.getElementById('invitation');
  const button = document.getElementById('copy');
  line.textContent = text;
  document.getElementById('typed').hidden = true;
  document.getElementById('read').hidden = false;
  button.addEventListener('click', async () => {
    // Where the clipboard is out of reach, the line stands ready to be copied by hand.
    getSelection().selectAllChildren(line);
    await navigator.clipboard.writeText(text);
    button.textContent = button.dataset.copied;
  });
}

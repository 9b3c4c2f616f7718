// Goes on to the page, with the heading that the link named. Without script the page does it alone.
const { to } = document.currentScript.dataset;
location.replace(to.includes("#") ? to : to + location.hash);

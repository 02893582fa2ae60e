// Câu hỏi đi bằng thư của khách, không qua máy chủ nào; sau đó mở trang cảm ơn, là mục tiêu của trang web.
"use strict";
const form = document.getElementById("hoi");
if (form) {
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const name = form.elements["ten"].value;
    const body = form.elements["cau-hoi"].value + "\n\n" + name;
    location.href = form.action + "?subject=" + encodeURIComponent("Câu hỏi của " + name) + "&body=" + encodeURIComponent(body);
    setTimeout(() => location.assign("cam-on.html"), 600);
  });
}

// The next portion, as long as the page is open; the link beside it stops that.
document.querySelector('[data-go-on]')?.submit()

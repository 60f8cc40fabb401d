//go:build e2e

package e2e

import (
	"testing"

	"github.com/chromedp/chromedp"
)

// TestMenuOnPhones reaches settings, password, keys and the way out by the user's name, which stands in the header however narrow the page is.
func TestMenuOnPhones(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.size(390, 844)
	anna.open("/")
	anna.until(`document.querySelector(".opens-menu bdi").textContent === "anna" && document.querySelector(".opens-menu").checkVisibility() && !document.querySelector(".who").checkVisibility()`)
	anna.click(".opens-menu")
	anna.until(`["/settings", "/password"].every((path) => document.querySelector("#menu a[href='" + path + "']").checkVisibility()) && document.querySelector(".who button").checkVisibility()`)
	anna.look("menu", "phone")
	anna.within("#menu")
	anna.click("#menu [popovertarget=help]")
	anna.until(`document.querySelector("#help:popover-open") !== null`)
	anna.open("/topics")
	anna.click(".opens-menu")
	anna.click("#menu a[href='/settings']")
	anna.until(`location.pathname === "/settings"`)
	anna.size(1280, 900)
	anna.until(`document.querySelector(".who .you").checkVisibility() && !document.querySelector(".opens-menu").checkVisibility() && ![...document.querySelectorAll(".menu-only")].some((one) => one.checkVisibility())`)
}

// TestKeysBeginAtTheTop opens the keys: the first ones are seen, and where the window is wide, all of them.
func TestKeysBeginAtTheTop(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	for _, size := range [][2]int64{{1280, 900}, {390, 844}} {
		anna.size(size[0], size[1])
		anna.open("/")
		anna.do(chromedp.Evaluate[chromedp.Void](`document.querySelector(".bottom [popovertarget=help]").click()`))
		anna.until(`document.querySelector("#help:popover-open")?.scrollTop === 0 && document.activeElement.closest("#help header") !== null`)
	}
	anna.size(1280, 900)
	anna.until(`document.getElementById("help").scrollHeight === document.getElementById("help").clientHeight`)
}

// TestBarStaysWhereItIs lets one more part of the queue appear and go: nothing below moves.
func TestBarStaysWhereItIs(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	for _, width := range []int64{1280, 1440} {
		anna.size(width, 900)
		anna.open("/")
		if !js[bool](anna, `(() => {
			const top = () => document.querySelector("main").getBoundingClientRect().top + "," + document.querySelector(".search").getBoundingClientRect().top + "," + document.querySelector(".narrow").getBoundingClientRect().top;
			const before = top(), tabs = document.querySelector(".parts .tabs"), mine = document.querySelector(".mine");
			for (const link of mine.children) link.hidden = false;
			const more = mine.lastElementChild.cloneNode(true);
			more.firstChild.textContent = "opinions wanted ";
			mine.append(more);
			const snoozed = tabs.children[1].cloneNode(true);
			tabs.append(snoozed);
			const parts = document.querySelector(".parts");
			return top() === before && parts.scrollWidth <= parts.clientWidth;
		})()`) {
			t.Errorf("%d wide, another part moves what is below", width)
		}
	}
}

// TestReasonsLineUp looks at the reasons on a phone: radios stand under one another and words stay whole.
func TestReasonsLineUp(t *testing.T) {
	d := newDesk(t)
	anna := d.person(t, newBrowser(t), "anna")
	anna.size(390, 844)
	anna.open("/")
	anna.click("[data-asks=reject]")
	anna.until(`document.getElementById("reject").open`)
	anna.click("#reject [data-pick='1']")
	anna.until(`(() => {
		const radios = [...document.querySelectorAll(".picks [type=radio]")].map((radio) => Math.round(radio.getBoundingClientRect().left));
		const chosen = document.querySelector(".pick:has([type=radio]:checked) bdi");
		return radios.length > 2 && Math.max(...radios) - Math.min(...radios) <= 2 && chosen.getClientRects().length === 1 && chosen.getBoundingClientRect().height < 32;
	})()`)
}

// LanToa.SortStatements 1.0, AGPL-3.0-or-later. Texts are HTML.
{
	let made = 0;

	const make = (parent, tag, name, html = '') => {
		const node = document.createElement(tag);
		node.className = 'lt-sort-' + name;
		node.innerHTML = html;
		parent.append(node);
		return node;
	};

	const button = (parent, html, does) => {
		const node = make(parent, 'button', 'button', html);
		node.type = 'button';
		node.addEventListener('click', does);
	};

	const named = (texts) => texts.map((text, n) => {
		const description = { 'en-US': make(document.createElement('p'), 'p', '', text).textContent };
		return { id: `${n}`, description };
	});
	const pairs = (boxes) => boxes.flatMap((box, n) => (box === null ? [] : `${n}[.]${box}`)).join('[,]');

	(window.LanToa ??= {}).SortStatements = class extends H5P.EventDispatcher {
		constructor(params, contentId, { previousState } = {}) {
			super();
			this.contentId = contentId;
			this.params = params;
			this.boxes = params.boxes;
			this.all = params.statements;
			this.rules = params.behaviour;
			this.begin();
			if (previousState?.placed?.length === this.all.length) Object.assign(this, previousState);
		}

		begin() {
			this.order = this.all.map((_, n) => n);
			if (this.rules.randomOrder) H5P.shuffleArray(this.order);
			this.placed = this.all.map(() => null); // the box of each statement
			this.checked = false;
			this.taken = undefined; // out of its box again
		}

		attach($container) {
			const root = make($container[0], 'div', 'root');
			make(root, 'div', 'task', this.params.taskDescription);
			this.card = make(root, 'div', 'card');
			this.statement = make(this.card, 'p', 'statement');
			this.statement.id = `lt-sort-${++made}`;
			this.choose = make(this.card, 'div', 'choose');
			this.choose.setAttribute('role', 'group');
			this.choose.setAttribute('aria-labelledby', this.statement.id);
			this.boxes.forEach((name, box) => button(this.choose, name, () => this.place(box)));
			this.score = make(root, 'p', 'score');
			this.score.tabIndex = -1;
			this.bar = make(root, 'div', 'bar');
			this.shelf = make(root, 'div', 'boxes');
			this.live = make(root, 'p', 'live');
			this.live.setAttribute('aria-live', 'polite');
			this.show();
		}

		place(box) {
			this.placed[this.current()] = box;
			this.taken = undefined;
			this.show();
			this.live.innerHTML = `${this.say('placed', { box: this.boxes[box] })} ${this.statement.innerHTML}`;
			this.bar.firstChild?.focus();
			this.triggerXAPI('interacted');
		}

		takeBack(n) {
			this.placed[n] = null;
			this.taken = n;
			this.show(this.choose.firstChild);
		}

		check() {
			this.checked = true;
			this.show(this.score);
			this.trigger(this.answered());
		}

		retry() {
			this.checked = false;
			if (this.getScore() === this.all.length) this.begin();
			this.placed = this.placed.map((box, n) => (this.isRight(n) ? box : null));
			this.show(this.choose.firstChild);
		}

		getAnswerGiven() { return this.placed.some((box) => box !== null); }
		getScore() { return this.all.filter((_, n) => this.isRight(n)).length; }
		getMaxScore() { return this.all.length; }
		getXAPIData() { return { statement: this.answered().data.statement }; }

		showSolutions() {
			this.checked = true;
			this.show();
		}

		resetTask() {
			this.begin();
			this.show();
		}

		getCurrentState() {
			const { order, placed, checked } = this;
			return this.getAnswerGiven() ? { order, placed, checked } : undefined;
		}

		isRight(n) { return this.placed[n] === this.all[n].box - 1; }
		current() { return this.taken ?? this.order.find((n) => this.placed[n] === null); }

		say(key, values) {
			return this.params.l10n[key].replace(/:(\w+)/g, (_, name) => values[name]);
		}

		show(focus) {
			const now = this.current();
			const total = this.all.length;
			const n = total - this.placed.filter((box) => box === null).length + 1;
			this.card.hidden = this.checked;
			this.choose.hidden = n > total;
			this.statement.innerHTML = n > total ? this.say('allSorted')
				: `<b>${this.say('progress', { n, total })}</b> ${this.all[now].text}`;
			this.score.innerHTML = this.checked ? this.say('score', { num: this.getScore(), total }) : '';
			this.bar.innerHTML = this.live.innerHTML = this.shelf.innerHTML = '';
			if (!this.checked && n > total) button(this.bar, this.say('check'), () => this.check());
			if (this.checked && this.rules.enableRetry) button(this.bar, this.say('retry'), () => this.retry());
			this.boxes.forEach((name, box) => this.box(name, box));
			focus?.focus();
			this.trigger('resize');
		}

		box(name, box) {
			const section = make(this.shelf, 'section', 'box');
			const inside = this.order.filter((n) => (this.placed[n] ?? (this.checked && this.all[n].box - 1)) === box);
			make(section, 'h3', 'name', `${name} (${inside.length})`);
			const list = make(section, 'ul', 'list');
			inside.forEach((n) => this.item(n, make(list, 'li', 'item')));
		}

		item(n, item) {
			const { text, reason, box } = this.all[n];
			if (!this.checked) return button(item, `<b>${this.say('takeBack')}</b> ${text}`, () => this.takeBack(n));
			const right = this.isRight(n);
			make(item, 'p', right ? 'right' : 'wrong', `<b>${this.say(right ? 'right' : 'wrong')}</b> ${text}`);
			if (!right) make(item, 'p', 'belongs', this.say('belongs', { box: this.boxes[box - 1] }));
			if (reason) make(item, 'p', 'reason', reason);
		}

		answered() {
			const event = this.createXAPIEventTemplate('answered');
			const [{ description }] = named([this.params.taskDescription]);
			Object.assign(event.getVerifiedStatementValue(['object', 'definition']), {
				type: 'http://adlnet.gov/expapi/activities/cmi.interaction',
				interactionType: 'matching',
				description,
				source: named(this.all.map(({ text }) => text)),
				target: named(this.boxes),
				correctResponsesPattern: [pairs(this.all.map(({ box }) => box - 1))]
			});
			const score = this.getScore();
			const passed = score * 100 >= this.rules.passPercentage * this.all.length;
			event.setScoredResult(score, this.all.length, this, true, passed);
			event.data.statement.result.response = pairs(this.placed);
			return event;
		}
	};
}

# The commands a person needs. Each does all set-up by itself (scripts/setup.sh); GNU make 3.81, as macOS has it, is enough.
.DEFAULT_GOAL := help
.PHONY: help run samples test check format bench docs pictures lock clean setup-run setup-dev setup-bench
.NOTPARALLEL: # two set-ups at once would write the same .venv

PY := .venv/bin/python

help: ## 列出这些命令
	@awk -F ':.*## ' '/^[a-z]+:.*## /{printf "  make %-8s %s\n", $$1, $$2}' Makefile

run: setup-run ## 启动办公系统（首次自动建立数据库和演示县），打印地址和演示账号
	@# On this machine alone, and without codes from a telephone: the people are invented.
	@GONGKAI_PLAIN_HTTP=1 GONGKAI_MFA_ROLES= .venv/bin/gongkai serve --demo $(ARGS)

samples: setup-run ## 核对 samples/ 中的样例报告，打印结果；再生成网页、Word、PDF 等，放在 out/
	@# Exit code 1 means "there are findings", which is what the samples are for; anything above is a failure.
	@.venv/bin/gongkai check samples/20* --sheet out/核对意见/ || [ $$? -eq 1 ]
	@for format in html docx xlsx json; do \
		.venv/bin/gongkai render samples/20* -o "out/$$format/" --format "$$format" >/dev/null || exit 1; \
	done
	@# Without a Chinese font there is no PDF; the command says what to do, and all else is there.
	@.venv/bin/gongkai render samples/20* -o out/pdf/ --format pdf >/dev/null || true
	@echo
	@echo '已把样例报告生成为文件：'
	@for folder in out/*/; do echo "  $$folder"; done

test: setup-dev ## 运行全部测试（只跑一部分：make test ARGS=tests/reading）
	@$(PY) -m pytest -n 2 $(ARGS)

check: setup-dev ## 检查代码格式、类型、分层约定，以及文档与代码是否一致
	@$(PY) -m ruff check .
	@$(PY) -m ruff format --check .
	@GONGKAI_PLAIN_HTTP=1 GONGKAI_DATA=build/check $(PY) -m mypy
	@.venv/bin/lint-imports
	@$(PY) -m gongkai.checks.docs | diff -u docs/checks.md - || \
		{ echo 'docs/checks.md 与代码不一致：请运行 make docs 后一并提交。' >&2; exit 1; }
	@$(PY) -m gongkai.statute.docs | diff -u docs/deadlines.md - || \
		{ echo 'docs/deadlines.md 与代码不一致：请运行 make docs 后一并提交。' >&2; exit 1; }
	@$(PY) -m gongkai.office.config.environment | diff -u docs/settings.md - || \
		{ echo 'docs/settings.md 与代码不一致：请运行 make docs 后一并提交。' >&2; exit 1; }
	@GONGKAI_PLAIN_HTTP=1 GONGKAI_DATA=build/check .venv/bin/gongkai office makemigrations --check --dry-run

format: setup-dev ## 整理代码格式
	@$(PY) -m ruff check --fix .
	@$(PY) -m ruff format .

bench: setup-bench ## 运行性能测试，与现有工具对比
	@for file in bench/bench_*.py; do \
		[ -e "$$file" ] || { echo '还没有性能测试。'; break; }; \
		echo "== $$file"; $(PY) "$$file" || exit 1; \
	done

docs: setup-dev ## 由代码生成 docs/ 中的 checks.md、deadlines.md、settings.md
	@# By way of a second file: a failure must not leave an empty page.
	@mkdir -p docs build
	@$(PY) -m gongkai.checks.docs > build/checks.md
	@$(PY) -m gongkai.statute.docs > build/deadlines.md
	@$(PY) -m gongkai.office.config.environment > build/settings.md
	@mv build/checks.md build/deadlines.md build/settings.md docs/

pictures: setup-dev ## 重新拍摄用户手册的插图（需要 chromium）
	@GONGKAI_MANUAL_PICTURES=1 $(PY) -m pytest tests/office/browser/test_manual.py

lock: setup-dev ## 按 pyproject.toml 重新锁定依赖版本（升级：make lock ARGS=--upgrade）
	@PATH="$$PWD/.venv/bin:$$PATH" sh scripts/lock.sh $(ARGS)

clean: ## 删除 .venv 和各种缓存
	@# Not .gongkai: it holds what people have entered.
	@rm -rf .venv build dist out node_modules .pytest_cache .mypy_cache .ruff_cache .import_linter_cache .hypothesis

setup-run setup-dev setup-bench:
	@sh scripts/setup.sh $(@:setup-%=%)

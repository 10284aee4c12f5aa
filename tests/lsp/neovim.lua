-- Opens a list and a document in Neovim without a screen, and writes what it saw as JSON.
-- The environment gives the server's command (COMPCITE_COMMAND, JSON), the folder (COMPCITE_FOLDER)
-- and the file for the result (COMPCITE_RESULT). It runs in Neovim 0.7 and later.

local folder = vim.env.COMPCITE_FOLDER
local result = {}
local client

local function attach(name, filetype)
  vim.cmd("edit " .. folder .. "/" .. name)
  vim.bo.filetype = filetype
  local buffer = vim.api.nvim_get_current_buf()
  vim.lsp.buf_attach_client(buffer, client)
  return buffer
end

local function ask(buffer, method, params)
  local answers = vim.lsp.buf_request_sync(buffer, method, params, 60000)
  for _, answer in pairs(answers or {}) do
    if answer.error then
      error(answer.error.message)
    end
    return answer.result
  end
end

local function seen(buffer)
  local found = {}
  for _, one in ipairs(vim.diagnostic.get(buffer)) do
    table.insert(found, { one.lnum, one.col, one.code or one.user_data.lsp.code, one.message })
  end
  return found
end

local function wait_for(code, buffer)
  vim.wait(60000, function()
    for _, one in ipairs(seen(buffer)) do
      if one[3] == code then
        return true
      end
    end
    return false
  end, 50)
end

local function main()
  client = vim.lsp.start_client({
    name = "compcite",
    cmd = vim.fn.json_decode(vim.env.COMPCITE_COMMAND),
    root_dir = folder,
  })
  local list = attach("refs.bib", "bib")
  wait_for("doi-style", list)
  result.findings = seen(list)
  local line = result.findings[1][1]
  local range = { start = { line = line, character = 0 }, ["end"] = { line = line + 1, character = 0 } }
  local here = { uri = vim.uri_from_bufnr(list) }
  local shown = vim.lsp.diagnostic.get_line_diagnostics(list, line)
  local actions = ask(list, "textDocument/codeAction", {
    textDocument = here,
    range = range,
    context = { diagnostics = shown },
  })
  for _, action in ipairs(actions or {}) do
    if action.isPreferred and action.edit then
      result.fix = action.title
      vim.lsp.util.apply_workspace_edit(action.edit, "utf-16")
      break
    end
  end
  local document = attach("paper.tex", "tex")
  local at = { textDocument = { uri = vim.uri_from_bufnr(document) }, position = { line = 1, character = 10 } }
  vim.wait(60000, function()
    return ask(document, "textDocument/prepareRename", at) ~= nil
  end, 200)
  local hover = ask(document, "textDocument/hover", at)
  result.hover = hover and hover.contents.value
  at.newName = "neff2003self"
  local edit = ask(document, "textDocument/rename", at)
  vim.lsp.util.apply_workspace_edit(edit, "utf-16")
  vim.cmd("silent wall")
end

local ok, problem = pcall(main)
result.problem = not ok and tostring(problem) or nil
vim.fn.writefile({ vim.fn.json_encode(result) }, vim.env.COMPCITE_RESULT)
vim.cmd("qall!")

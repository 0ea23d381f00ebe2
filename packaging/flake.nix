# The Nix flake: the versions of uv.lock, by uv2nix. `nix run '.?dir=packaging' -- ~/archive` in a checkout.
{
  description = "Terminal reader for archived articles, with CJK typesetting";

  inputs = {
    nixpkgs.url = "github:NixOS/nixpkgs/nixos-unstable";
    pyproject-nix = {
      url = "github:pyproject-nix/pyproject.nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    uv2nix = {
      url = "github:pyproject-nix/uv2nix";
      inputs.pyproject-nix.follows = "pyproject-nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };
    pyproject-build-systems = {
      url = "github:pyproject-nix/build-system-pkgs";
      inputs.pyproject-nix.follows = "pyproject-nix";
      inputs.uv2nix.follows = "uv2nix";
      inputs.nixpkgs.follows = "nixpkgs";
    };
  };

  outputs = { nixpkgs, pyproject-nix, uv2nix, pyproject-build-systems, ... }:
    let
      inherit (nixpkgs) lib;
      systems = [ "x86_64-linux" "aarch64-linux" "x86_64-darwin" "aarch64-darwin" ];
      workspace = uv2nix.lib.workspace.loadWorkspace { workspaceRoot = ./..; };
      # Wheels, since several of the libraries are written in Rust and C.
      overlay = workspace.mkPyprojectOverlay { sourcePreference = "wheel"; };
      environment = system:
        let
          pkgs = nixpkgs.legacyPackages.${system};
          python = (pkgs.callPackage pyproject-nix.build.packages { python = pkgs.python313; }).overrideScope
            (lib.composeManyExtensions [ pyproject-build-systems.overlays.default overlay ]);
        in
        python.mkVirtualEnv "archive-reader" { archive-reader = [ "variants" "pinyin" ]; };
    in
    {
      packages = lib.genAttrs systems (system: { default = environment system; });
      apps = lib.genAttrs systems (system: {
        default = {
          type = "app";
          program = "${environment system}/bin/reader";
        };
      });
    };
}
